# How editors save: in place, through a backup, through another file that is renamed.
set -eu
i=0
while [ $i -lt 8 ]; do
    printf 'line %s\n' 1 2 3 "$i" >text
    vim.tiny -es -u NONE -N +'set backup backupcopy=no' +'%s/line/row/' +wq text
    vim.tiny -es -u NONE -N +'set writebackup backupcopy=yes' +'$s/$/ more/' +wq text
    sed -i "s/more/$i/" text
    # emacs: the old file becomes the backup
    mv text text~
    cp text~ text
    echo again >>text
    # gedit and many others
    cp text .goutputstream-X
    echo "$i" >>.goutputstream-X
    mv .goutputstream-X text
    # office programs: a lock file beside, another file in place of the old one
    echo me >'.~lock.text#'
    cp text lu1.tmp
    truncate -s 100 lu1.tmp
    mv lu1.tmp text
    rm '.~lock.text#'
    # nano: truncated, then written
    : >text
    echo "nano $i" >text
    i=$((i + 1))
done
