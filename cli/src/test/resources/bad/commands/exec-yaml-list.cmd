$ hactl exec db -i bad/inventory.yml -m copy -a '--- [dest, /tmp/x]'
-a:1:5: error: arguments are a mapping, this is a list
    --- [dest, /tmp/x]
        ^
hactl: 1 error; nothing was connected or changed
exit 6
