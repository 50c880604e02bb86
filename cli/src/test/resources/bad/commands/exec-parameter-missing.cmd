$ hactl exec db -i bad/inventory.yml -m copy -a content=x
-m:1:1: error: copy needs the parameter 'dest'
    copy
    ^
    dest: The file to write. In an existing directory, or after a slash at the end, it keeps the name of its source.
hactl: 1 error; nothing was connected or changed
exit 6
