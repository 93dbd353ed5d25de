{#- Agency, year and date as the document states them: title, period, opening sentence, file name. -#}
with

documents as (

    select * from {{ source('raw', 'documents') }}

),

paths as (

    -- Where it lies now, before where it once lay; of several places the smallest.
    select
        document_id,
        arg_min(source_path, (not is_present, source_path)) as source_path
    from (
        select
            *,
            seen_run = max(seen_run) over (partition by source_path) as is_present
        from {{ source('raw', 'sources') }}
    )
    group by document_id

),

opening as (

    select
        document_id,
        row_number() over (partition by document_id order by block_no) as paragraph_no,
        {{ compact('text') }} as line,
        lag({{ compact('text') }}) over (partition by document_id order by block_no) as line_before,
        lag({{ compact('text') }}, 2) over (partition by document_id order by block_no) as line_before_that
    from {{ source('raw', 'paragraphs') }}
    qualify paragraph_no <= 30

),

-- A title may run over up to three lines; the lines before the last are no sentences.
fragments as (

    select
        document_id,
        paragraph_no,
        line,
        case when {{ is_title_fragment('line_before') }} then line_before end as second,
        case
            when {{ is_title_fragment('line_before') }} and {{ is_title_fragment('line_before_that') }}
                then line_before_that
        end as third
    from opening

),

candidates as (

    select
        document_id,
        paragraph_no,
        1 as count_lines,
        line as title
    from fragments
    union all
    select
        document_id,
        paragraph_no,
        2 as count_lines,
        second || line as title
    from fragments
    union all
    select
        document_id,
        paragraph_no,
        3 as count_lines,
        third || second || line as title
    from fragments

),

titles as (

    select
        *,
        {{ title_parts('title') }}
    from candidates
    where {{ is_report_title('title') }}

),

-- The title that names both agency and year; of several the one in fewest lines, then the first.
first_titles as (

    select * from titles
    qualify row_number() over (
        partition by document_id
        order by
            case when before_year || after_year <> '' then 0 else 1 end
            + case when title_year <> '' then 0 else 1 end,
            case when before_year || after_year <> '' then 0 else 1 end,
            count_lines,
            paragraph_no
    ) = 1

),

statements as (

    select
        document_id,
        max(regexp_extract(line, '自?(20[0-9]{2})年0?1月0?1日起?[至到—-]+[^月]{0,6}12月31日', 1)) as period_year,
        max(regexp_extract(line, '^本(?:年度)?报告由(\p{Han}{2,30}?)(?:根据|按照|依据|依照|编制)', 1)) as stated_agency,
        -- A date alone in its line is the date of publication.
        min(nullif(regexp_extract(line, '^(20[0-9]{2})年', 1), '')) filter (
            where paragraph_no <= 12 and not regexp_matches(line, '^20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日$')
        ) as opening_year,
        min(nullif(regexp_extract(
            line, '^(?:[(（].{1,6}[)）])?(?:发布日期:?|发布时间:?|日期:?)?(20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)$', 1
        ), '')) as dated
    from opening
    group by document_id

),

files as (

    select
        document_id,
        source_path,
        {{ title_parts(compact("regexp_extract(source_path, '([^/]+)[.][^./]*$', 1)")) }}
    from paths

),

final as (

    select
        documents.document_id,
        files.source_path,
        first_titles.title,
        coalesce(
            nullif(first_titles.before_year, ''),
            nullif(first_titles.after_year, ''),
            nullif(statements.stated_agency, ''),
            nullif(files.before_year, ''),
            nullif(files.after_year, '')
        ) as agency,
        case
            when first_titles.before_year <> '' or first_titles.after_year <> '' then 'title'
            when statements.stated_agency <> '' then 'opening'
            when files.before_year <> '' or files.after_year <> '' then 'file_name'
        end as agency_evidence,
        coalesce(
            try_cast(nullif(first_titles.title_year, '') as integer),
            try_cast(nullif(statements.period_year, '') as integer),
            try_cast(statements.opening_year as integer),
            try_cast(nullif(files.title_year, '') as integer)
        ) as report_year,
        case
            when first_titles.title_year <> '' then 'title'
            when statements.period_year <> '' then 'period'
            when statements.opening_year <> '' then 'opening'
            when files.title_year <> '' then 'file_name'
        end as year_evidence,
        try_strptime(statements.dated, '%Y年%m月%d日')::date as published_on
    from documents
    left join files using (document_id)
    left join first_titles using (document_id)
    left join statements using (document_id)

)

select * from final
