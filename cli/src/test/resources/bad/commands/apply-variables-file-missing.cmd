$ hactl apply bad/good.yml -i bad/inventory.yml -e @bad/nowhere.yml
nowhere.yml: error: no such file
hactl: 1 error; nothing was connected or changed
exit 6
