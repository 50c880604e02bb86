$ hactl exec db -i bad/inventory.yml -m copy -a 'dest=/x dest=/y content=x'
-a:1:9: error: 'dest' is given twice
    dest=/x dest=/y content=x
            ^
    first at -a:1:1; keep one of them
hactl: 1 error; nothing was connected or changed
exit 6
