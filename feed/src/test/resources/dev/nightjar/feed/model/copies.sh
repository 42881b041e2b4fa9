# Trees that are unpacked, copied, brought up to date, moved and removed.
set -eu
mkdir -p tree/a/b/c tree/d
i=0
while [ $i -lt 60 ]; do
    echo "$i" >"tree/a/b/c/$i"
    echo "$i" >"tree/d/$i"
    i=$((i + 1))
done
ln tree/d/1 tree/a/hard
ln -s ../d/2 tree/a/soft
mkfifo tree/pipe
tar -cf all.tar tree
mkdir unpacked
tar -C unpacked -xf all.tar
cp -a tree copied
mkdir synced
rsync -a tree/ synced/
echo changed >tree/d/3
rm -r tree/a/b
rsync -a --delete tree/ synced/
mv copied/a/b synced/b-of-another
rm -r copied
mv unpacked/tree synced/moved-in
chmod -R go-w synced
touch -d '2001-02-03 04:05:06.7' synced/moved-in/d/*
