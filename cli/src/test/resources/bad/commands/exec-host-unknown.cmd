$ hactl exec dbx -i bad/inventory.yml -a uptime
PATTERN:1:1: error: no host or group is named 'dbx'
    dbx
    ^
    did you mean 'db' (inventory.yml:8:5)?
hactl: 1 error; nothing was connected or changed
exit 6
