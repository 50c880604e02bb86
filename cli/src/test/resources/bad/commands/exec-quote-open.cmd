$ hactl exec db -i bad/inventory.yml -m copy -a 'dest=/tmp/x content="a b'
-a:1:21: error: a quote that does not close
    dest=/tmp/x content="a b
                        ^
hactl: 1 error; nothing was connected or changed
exit 6
