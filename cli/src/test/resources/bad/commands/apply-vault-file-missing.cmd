$ hactl apply bad/good.yml -i bad/inventory.yml --vault-password-file bad/no.pass
hactl: --vault-password-file no.pass: there is no file 'no.pass'
exit 5
