{#- What the lines of expected.csv ask for, in words that reports can be compared with. -#}
with

lines as (

    select
        * replace ({{ compact('agency') }} as agency, {{ compact('region') }} as region),
        regexp_replace(listed_in, '[^/]*$', '') as folder
    from {{ source('raw', 'expected') }}

),

named as (

    select
        *,
        -- Without a region a line speaks of the agency of the folder it lies in.
        concat_ws('|', coalesce(region, folder) || '/' || agency, coalesce(scope, 'any'), year) as submission_key,
        list_sort(list_distinct(list_filter(
            list_prepend(agency, regexp_split_to_array({{ compact("coalesce(aliases, '')") }}, '[；;]')),
            lambda name: name <> ''
        ))) as names
    from lines

),

final as (

    select
        * exclude (aliases),
        -- 松岭县教育局, of 松岭县 and of 某市松岭县, is 教育局 there.
        list_sort(list_distinct(list_transform(
            names,
            lambda name: case
                when region is null then name
                when starts_with(name, region) then substr(name, length(region) + 1)
                else regexp_replace(name, '^' || regexp_extract(region, '^(?:.*[省市县区旗州盟])?(\p{Han}+)$', 1), '')
            end
        ))) as offices,
        count(distinct scope) over (partition by coalesce(region, folder), agency, year) <= 1 as is_only_scope
    from named

)

select * from final
