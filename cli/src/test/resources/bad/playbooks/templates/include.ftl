server ${vip}
<#include "elsewhere.ftl">
<#--< error: the template 'elsewhere.ftl' does not exist -->
