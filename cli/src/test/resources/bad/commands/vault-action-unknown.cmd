$ hactl vault encrpyt x
hactl vault: there is no 'encrpyt'; did you mean 'encrypt'?
exit 5
