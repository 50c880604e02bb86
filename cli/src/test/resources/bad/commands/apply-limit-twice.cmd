$ hactl apply bad/good.yml -i bad/inventory.yml -l db -l web
hactl apply: option '--limit' is given twice
exit 5
