$ hactl apply bad/goood.yml -i bad/inventory.yml
goood.yml: error: no such file
hactl: 1 error; nothing was connected or changed
exit 6
