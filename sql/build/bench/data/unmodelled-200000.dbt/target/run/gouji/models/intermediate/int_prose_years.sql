
            
            
    

    create  table
      "unmodelled-200000"."intermediate"."int_prose_years"
  
    
    as (
      with

sentences as (

    select
        sentences.*,
        reports.report_year,
        row_number() over (
            partition by sentences.document_id, sentences.section_no
            order by sentences.paragraph, sentences.sentence_no
        ) - count(headings.block_no) over (partition by sentences.document_id, sentences.section_no) as place_in_section
    from "unmodelled-200000"."staging"."stg_sentences" as sentences
    inner join "unmodelled-200000"."marts"."reports" as reports on sentences.document_id = reports.report_id
    left join "unmodelled-200000"."staging"."stg_headings" as headings
        on
            sentences.document_id = headings.document_id
            and sentences.block_no = headings.block_no
            and sentences.section_no = headings.section_no
    where reports.is_current and reports.is_modelled

),

matched as (

    select
        *,
        unnest(list_filter([
    case
        when
            regexp_matches(sentence, '(?:统计|数据|本(?:年度)?报告|起止)[^。]{0,30}?(20[0-9]{2})年0?1月0?1日[^0-9]{0,8}(?:20[0-9]{2}年)?12月31日')
            then {
                'ordinal': 52, 'claim': 'period', 'rule': 'narrative.year',
                'said': regexp_extract(sentence, '(?:统计|数据|本(?:年度)?报告|起止)[^。]{0,30}?(20[0-9]{2})年0?1月0?1日[^0-9]{0,8}(?:20[0-9]{2}年)?12月31日', 1)

            }
    end,
    case
        when
            regexp_matches(sentence, '(?:统计|数据|本(?:年度)?报告|起止)[^。]{0,30}?20[0-9]{2}年0?1月0?1日[^0-9]{0,8}(20[0-9]{2})年12月31日')
            then {
                'ordinal': 53, 'claim': 'period_end', 'rule': 'narrative.year',
                'said': regexp_extract(sentence, '(?:统计|数据|本(?:年度)?报告|起止)[^。]{0,30}?20[0-9]{2}年0?1月0?1日[^0-9]{0,8}(20[0-9]{2})年12月31日', 1)

            }
    end,
    case
        when
            regexp_matches(sentence, '^(?:[（(][一二三四五六][）)][^。，]{0,20})?(20[0-9]{2})年(?:度)?[，,][^。]*(?:我[局办委厅镇街县市区]|本[局机单街]|政[府务]信息公开|政务公开)')
            then {
                'ordinal': 54, 'claim': 'opening', 'rule': 'narrative.year',
                'said': regexp_extract(sentence, '^(?:[（(][一二三四五六][）)][^。，]{0,20})?(20[0-9]{2})年(?:度)?[，,][^。]*(?:我[局办委厅镇街县市区]|本[局机单街]|政[府务]信息公开|政务公开)', 1)

            }
    end
], lambda found: found is not null)) as found
    from sentences

),

stated as (

    select
        *,
        found['claim'] as claim,
        found['rule'] as rule,
        cast(found['said'] as integer) as stated_year
    from matched
    where found['claim'] <> 'opening' or (section_no = 1 and place_in_section = 1)

),

-- A section that opens with another year goes on to its own: 2022年，国务院办公厅……。2023年，我局…….
final as (

    select
        document_id as report_id,
        paragraph,
        sentence_no,
        page,
        section_no,
        printed,
        claim,
        rule,
        stated_year as stated_value,
        report_year as table_value,
        case
            when stated_year = report_year then true
            when claim = 'opening' and contains(whole_paragraph, cast(report_year as varchar)) then null
            else stated_year = report_year
        end as agrees
    from stated
    where claim <> 'period_end' or stated_year <> report_year
    -- One period of another year is one finding.
    qualify
        claim <> 'period_end'
        or bool_or(claim = 'period' and stated_year = report_year)
            over (partition by document_id, paragraph, sentence_no)

)

select * from final
    );
    
  
            