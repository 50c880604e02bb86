$ hactl exec db -i bad/inventory.yml -l wbe -a uptime
--limit: error: no host or group is named 'wbe'
    did you mean 'web' (inventory.yml:14:5)?
hactl: 1 error; nothing was connected or changed
exit 6
