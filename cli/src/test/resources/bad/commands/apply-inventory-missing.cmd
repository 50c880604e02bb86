$ hactl apply bad/good.yml -i bad/inventroy.yml
inventroy.yml: error: no such file
hactl: 1 error; nothing was connected or changed
exit 6
