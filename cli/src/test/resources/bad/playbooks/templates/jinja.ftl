server {{ vip }}
<#--   ^ error: '{{ vip }}' is Jinja, which hactl does not read -->
<#--     write ${vip}; where braces are meant, ${'{{'} -->
{% for h in groups['db'] if h != vip %}
<#--< error: '{% for h in groups['db'] if h != vip %}' is Jinja, which hactl does not read -->
<#--  write <#if ...>, <#list ... as x>, <#assign x = ...> as FreeMarker does -->
{% for h in groups['db'] -%}
<#--< error: '{% for h in groups['db'] -%}' is Jinja, which hactl does not read -->
<#--  write <#list groups.db as h> -->
{% set n = port | int + 1 %}
<#--< error: '{% set n = port | int + 1 %}' is Jinja, which hactl does not read -->
<#--  write <#assign n = port?number?int + 1> -->
{% if h is defined and n > 1 %}
<#--< error: '{% if h is defined and n > 1 %}' is Jinja, which hactl does not read -->
<#--  write <#if (h?? && n > 1)> -->
listen {{ h | default(vip) }} {{ n }} <#noparse>{{ go }}</#noparse>
<#--   ^ error: '{{ h | default(vip) }}' is Jinja, which hactl does not read -->
<#--     write ${h!vip}; where braces are meant, ${'{{'} -->
<#--                          ^ error: '{{ n }}' is Jinja, which hactl does not read -->
<#--                            write ${n}; where braces are meant, ${'{{'} -->
{% endif %}{# a comment #}
<#--< error: '{% endif %}' is Jinja, which hactl does not read -->
<#--  write </#if> -->
{% endfor %}
<#--< error: '{% endfor %}' is Jinja, which hactl does not read -->
<#--  write </#list> -->
