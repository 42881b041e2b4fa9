# What git does to a work tree and to its own directory.
set -eu
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
git init -q -b main work
cd work
i=0
while [ $i -lt 12 ]; do
    mkdir -p "src/m$i/deep"
    echo "$i" >"src/m$i/one"
    echo "$i" >"src/m$i/deep/two"
    git add -A
    git commit -qm "$i"
    i=$((i + 1))
done
git checkout -q -b topic HEAD~6
echo other >src/m3/one
git mv src/m1 src/moved
git commit -qam topic
git checkout -q main
git merge -q --no-edit topic
git rm -qr src/m2
git commit -qm removed
echo stashed >src/m4/one
git stash -q
git stash pop -q
git checkout -q -- src/m4/one
git clone -q . ../clone
git worktree add -q ../beside topic
git gc -q --prune=now
git reset -q --hard HEAD~3
git clean -qfdx
