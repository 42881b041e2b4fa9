# Logs that grow and are rotated, by renaming and by copying.
set -eu
mkdir logs
i=0
while [ $i -lt 6 ]; do
    j=0
    while [ $j -lt 200 ]; do
        echo "$i $j" >>logs/renamed
        echo "$i $j" >>logs/copied
        j=$((j + 1))
    done
    [ ! -f logs/renamed.1 ] || mv logs/renamed.1 logs/renamed.2
    mv logs/renamed logs/renamed.1
    : >logs/renamed
    cp logs/copied logs/copied.1
    : >logs/copied
    gzip -f logs/copied.1
    i=$((i + 1))
done
