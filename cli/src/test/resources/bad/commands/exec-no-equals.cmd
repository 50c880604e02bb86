$ hactl exec db -i bad/inventory.yml -m copy -a 'dest /tmp/x'
-a:1:1: error: 'dest' is no name=value
    dest /tmp/x
    ^
    write dest=VALUE
hactl: 1 error; nothing was connected or changed
exit 6
