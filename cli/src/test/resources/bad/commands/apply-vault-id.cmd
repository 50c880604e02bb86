$ hactl apply bad/good.yml -i bad/inventory.yml --vault-id dev@
hactl: --vault-id wants ID@FILE or ID@prompt, not 'dev@'
exit 5
