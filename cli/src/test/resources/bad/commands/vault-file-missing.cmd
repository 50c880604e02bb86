$ hactl vault view bad/nowhere.yml --vault-password-file bad/inventory.yml
nowhere.yml: error: no such file
exit 6
