$ hactl apply -i bad/inventory.yml
hactl apply: missing required parameter: 'PLAYBOOK'
exit 5
