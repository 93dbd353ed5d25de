{#- A table made anew in the place of the one before, in one transaction. The adapter's own way, beside it and by two
    renames, is for readers of the old table meanwhile: here the file is locked, and nobody reads.

    Without --full-refresh only the rows of affected documents are: sql/macros/incremental.sql says how. A model of scope
    global is made whole in any case. -#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}

    {%- set language = model['language'] -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set drop_existing = 'drop ' ~ existing.type ~ ' ' ~ existing ~ ';' if existing else '' -%}
    {%- set meta = model.config.meta -%}
    {%- set is_incremental = existing is not none and not should_full_refresh() -%}
    {%- set affects = is_incremental and 'affects' in meta -%}
    {%- set before = 'incremental.before_' ~ model.alias -%}

    {% if is_incremental and meta.scope != 'global' %}

        {%- set tables = tables_read() | map(attribute='table') | list -%}
        {%- set known = what_is_affected(tables) -%}
        {%- set affected = is_affected(known['keys'][tables[0]], meta.scope) -%}
        {%- set anew = made_anew(model.alias) -%}
        {%- set code = narrowed(compiled_code, known) -%}

        {% if language == 'python' %}
            {#- Python writes through a connection of its own, which sees only what is committed. -#}
            {%- set relation = this.incorporate(path={'schema': 'incremental', 'identifier': 'anew_' ~ model.alias}) -%}
            {% call statement('drop_anew', auto_begin=False) %}drop table if exists {{ anew }}{% endcall %}
            {% call statement('main', language=language) -%}
                {{ create_table_as(False, relation, code, language) }}
            {%- endcall %}
        {% endif %}

        {% call statement('replaced' if language == 'python' else 'main') -%}
            {{ 'create or replace table ' ~ before ~ ' as select * from ' ~ existing ~ ' where ' ~ affected ~ ';' if affects }}
            {% if language == 'sql' %}
            create or replace table {{ anew }} as
            select * from (
                {{ code }}
            ) as made
            where {{ affected }};
            {% endif %}
            delete from {{ existing }} where {{ affected }};
            insert into {{ existing }} select * from {{ anew }};
            {{ context['affected_by_' ~ model.name](existing, before, anew) if affects }}
        {%- endcall %}

    {% else %}

        {% if language == 'python' and existing %}
            {#- Python must see the name free. -#}
            {% call statement('drop_existing', auto_begin=False) %}{{ drop_existing }}{% endcall %}
        {% endif %}

        {% call statement('main', language=language) -%}
            {{ 'create or replace table ' ~ before ~ ' as select * from ' ~ existing ~ ';' if affects }}
            {{ drop_existing if language == 'sql' }}
            {{ create_table_as(False, target, compiled_code, language) }}
            {{ (';' ~ context['affected_by_' ~ model.name](target, before, none)) if affects }}
        {%- endcall %}

    {% endif %}

    {{ adapter.commit() }}

    {{ return({'relations': [target]}) }}

{% endmaterialization %}
