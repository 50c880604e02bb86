${inventory_hostname}: one of ${groups.all?size} nodes, configured by hactl

<#list groups.all as node>
  ${node?right_pad(8)} ${hostvars[node].lab_address}<#if node == inventory_hostname>  (this one)</#if>
</#list>
