$ hactl exec db -i bad/inventory.yml
hactl exec: error: command needs one of cmd, argv
hactl: 1 error; nothing was connected or changed
exit 6
