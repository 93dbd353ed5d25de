{#- How a model is made anew for some documents alone: see docs/incremental.md.

    incremental.affected (document_id, scope) holds the documents, filled by the caller with those that have changed and,
    as the build goes on, by the macros of affected.sql with those that hang together with them; incremental.keys
    (relation, key) says which column of a table names the document. -#}

{#- The scopes of incremental.affected that a model of a scope is made anew for. -#}
{% macro scopes_within(scope) %}
{%- set each = ['document', 'agency', 'succession', 'text', 'submission', 'finding'] -%}
{%- if scope not in each -%}
    {{ exceptions.raise_compiler_error('meta.scope of ' ~ model.name ~ ' is none of ' ~ each ~ ' or global') }}
{%- endif -%}
{{ return(each[:each.index(scope) + 1]) }}
{% endmacro %}

{#- What a model of `scope` needs to know, by one query: `keys`, the column that names the document in each of `tables`
    (schema.table), and `ids`, the documents affected, or none where they are too many to be listed. -#}
{% macro affected_documents(scope, tables, also=[]) %}
{%- set listed -%}
    select distinct document_id from incremental.affected
    where scope in ('{{ (scopes_within(scope) + also) | join("', '") }}')
{%- endset -%}
{%- set keys = {} -%}
{%- set ids = [] -%}
{%- set found -%}
    select relation, key from incremental.keys where relation in ('{{ tables | join("', '") }}')
    union all
    select null, document_id from ({{ listed }} order by document_id limit 201)
{%- endset -%}
{%- for row in run_query(found).rows -%}
    {%- if row[0] is none -%}
        {%- do ids.append(row[1]) -%}
    {%- else -%}
        {%- do keys.update({row[0]: row[1]}) -%}
    {%- endif -%}
{%- endfor -%}
{{ return({'scope': scope, 'listed': listed, 'keys': keys, 'ids': ids}) }}
{% endmacro %}

{#- The condition that a row is of one of these documents. What has no report, as a report that is missing, always is. -#}
{% macro is_among(key, documents) %}
{%- set ids = documents.ids -%}
{#- A scan compares with constants faster than it joins. -#}
{%- set among -%}
    {%- if ids | length == 0 -%} false
    {%- elif ids | length <= 200 -%} {{ key }} in ('{{ ids | join("', '") }}')
    {%- else -%} {{ key }} in ({{ documents.listed }})
    {%- endif -%}
{%- endset -%}
{{ return('(' ~ among ~ (' or ' ~ key ~ ' is null' if documents.scope in ['submission', 'finding'] else '') ~ ')') }}
{% endmacro %}

{#- The condition that a row is affected from the viewpoint of `scope`. -#}
{% macro is_affected(key, scope) %}
{{ return(is_among(key, affected_documents(scope, []))) }}
{% endmacro %}

{#- The tables that this model reads, and it itself: node, name as schema.table. -#}
{% macro tables_read() %}
{%- set read = [{'node': model, 'table': model.schema ~ '.' ~ model.alias}] -%}
{%- for id in model.depends_on.nodes -%}
    {%- set node = graph.sources[id] if id in graph.sources else graph.nodes[id] -%}
    {%- do read.append({'node': node, 'table': node.schema ~ '.' ~ (node.alias or node.name)}) -%}
{%- endfor -%}
{{ return(read) }}
{% endmacro %}

{#- The code of this model, each table of documents that it reads narrowed to the rows it needs. -#}
{% macro narrowed(code, documents, in_python=False) %}
{%- set meta = model.config.meta -%}
{%- set ns = namespace(code=code) -%}
{%- for read in tables_read()[1:] -%}
    {%- set node = read.node -%}
    {%- set key = documents['keys'].get(read.table) -%}
    {%- set is_whole = node.resource_type == 'seed' or node.config.meta.scope == 'global' or key is none -%}
    {%- if not is_whole and node.name not in meta.get('reads_whole', []) -%}
        {%- set condition = is_among(key, documents) -%}
        {%- set by = meta.get('reads_by', {}).get(node.name) or node.config.meta.get('read_by') -%}
        {%- if by -%}
            {%- set listed = by | join(', ') -%}
            {%- set condition = '(' ~ listed ~ ') in (select ' ~ listed ~ ' from ' ~ node.relation_name ~ ' where ' ~ condition ~ ')' -%}
        {%- endif -%}
        {%- set rows = '(select * from ' ~ node.relation_name ~ ' where ' ~ condition ~ ')' -%}
        {%- if in_python -%}
            {%- set ns.code = ns.code | replace(in_a_string(node.relation_name), in_a_string(rows)) -%}
        {%- else -%}
            {%- set ns.code = ns.code | replace(node.relation_name, rows) -%}
        {%- endif -%}
    {%- endif -%}
{%- endfor -%}
{{ return(ns.code) }}
{% endmacro %}

{#- As it stands in a string of Python. -#}
{% macro in_a_string(text) %}{{ return(text | replace('"', '\\"')) }}{% endmacro %}
