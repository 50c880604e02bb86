$ hactl exec db -i bad/inventory.yml -m copy -a 'dst=/tmp/x content="a b"'
-a:1:1: error: copy has no parameter 'dst'
    dst=/tmp/x content="a b"
    ^
    did you mean 'dest'?
-m:1:1: error: copy needs the parameter 'dest'
    copy
    ^
    dest: The file to write. In an existing directory, or after a slash at the end, it keeps the name of its source.
hactl: 2 errors; nothing was connected or changed
exit 6
