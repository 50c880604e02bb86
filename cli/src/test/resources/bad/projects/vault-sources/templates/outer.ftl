<#include "secret.ftl">
<#--< error: the template is encrypted, and no vault password is given -->
<#--  add --vault-password-file FILE or --ask-vault-password -->
