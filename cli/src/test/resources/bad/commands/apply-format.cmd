$ hactl apply bad/good.yml -i bad/inventory.yml --output jsno
hactl apply: unknown format 'jsno'; did you mean 'json'?
exit 5
