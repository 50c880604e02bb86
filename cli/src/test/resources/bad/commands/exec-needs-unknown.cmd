$ hactl exec db -i bad/inventory.yml --needs db3 -a uptime
--needs:1:1: error: no host is named 'db3'
    db3
    ^
    did you mean 'db1' (inventory.yml:11:9)?
hactl: 1 error; nothing was connected or changed
exit 6
