$ hactl apply bad/good.yml
hactl apply: which hosts? add -i INVENTORY
exit 5
