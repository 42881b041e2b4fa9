package dev.nightjar.repository;

/**
 * Which process wrote a lock, so that whoever shares its state directory can tell later whether it still lives. restic
 * passes over what it does not know in a lock.
 *
 * @param state what the state directory is called; random
 * @param boot the run of the machine
 * @param processes the space of process ids
 * @param started when the process was started, in ticks since the machine was
 */
public record LockOwner(String state, String boot, String processes, long started) {}
