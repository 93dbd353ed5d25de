with

numbers as (

    select * from "unmodelled-200000"."intermediate"."int_prose_numbers"
    where unit in ('件', '份', '宗', '起', '条') and contains(whole_paragraph, '公开')

),

sentences as (

    select sentences.*
    from "unmodelled-200000"."staging"."stg_sentences" as sentences
    inner join "unmodelled-200000"."marts"."reports" as reports on sentences.document_id = reports.report_id
    where reports.is_current and reports.is_modelled and regexp_matches(sentences.sentence, '未|没|无')

),

reports as (

    select * from "unmodelled-200000"."marts"."reports"

),

-- A figure or a sentence may match several patterns.
found as (

    select
        * exclude (unit, sentence),
        unnest(list_filter([
    case
        when
            regexp_matches(lead || '<N>' || tail, '上一?年度?(?:的)?(?:结转|转结)(?:过来|来|至本年度?|到本年度?)?(?:公民、?(?:、|和|或)?法人(?:和|或|或者|及|、)?其[他它]组织|公民|自然人|群众|社会公众|申请人|提出|提交|递交|要求|各类|有效|新|的|到|了|有关|关于|政府信息|政务信息|信息|政务|政府|公开|依申请)*(?:申请)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 13, 'claim': 'carried_in', 'rule': 'narrative.requests_received',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '(?:结转|顺延|转入|转结|转)(?:至|到|入)?(?:下一?年度?|次年度?)(?:继续)?(?:办理|处理|答复)?(?:公民、?(?:、|和|或)?法人(?:和|或|或者|及|、)?其[他它]组织|公民|自然人|群众|社会公众|申请人|提出|提交|递交|要求|各类|有效|新|的|到|了|有关|关于|政府信息|政务信息|信息|政务|政府|公开|依申请)*(?:申请)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 14, 'claim': 'carried_out', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '<N>[件份宗起条](?:政府)?(?:信息公开)?(?:的)?(?:申请)?(?:将|需|已|依法|尚在办理、?)?(?:结转|顺延|转入|转)(?:至|到|入)?(?:下一?年度?|次年度?)')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 15, 'claim': 'carried_out', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '(?:收到|接到|接收到|接收|收办|受理|新收|新增|收悉)(?:公民、?(?:、|和|或)?法人(?:和|或|或者|及|、)?其[他它]组织|公民|自然人|群众|社会公众|申请人|提出|提交|递交|要求|各类|有效|新|的|到|了|有关|关于|政府信息|政务信息|信息|政务|政府|公开|依申请)*申请(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 16, 'claim': 'requests_received', 'rule': 'narrative.requests_received',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '(?:收到|接到|接收到|接收|收办|受理|新收|新增|收悉)(?:了|共|共计)?<N>[件份宗起条](?:公民、?(?:、|和|或)?法人(?:和|或|或者|及|、)?其[他它]组织|公民|自然人|群众|社会公众|申请人|提出|提交|递交|要求|各类|有效|新|的|到|了|有关|关于|政府信息|政务信息|信息|政务|政府|公开|依申请)*(?:申请|依申请公开)(?:[^复诉许]|$)')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 17, 'claim': 'requests_received', 'rule': 'narrative.requests_received',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '(?:收到|接到|接收到|接收|收办|受理|新收|新增|收悉)(?:公民、?(?:、|和|或)?法人(?:和|或|或者|及|、)?其[他它]组织|公民|自然人|群众|社会公众|申请人|提出|提交|递交|要求|各类|有效|新|的|到|了|有关|关于|政府信息|政务信息|信息|政务|政府|公开|依申请)*依申请公开(?:的)?(?:政府信息|信息|事项|件|业务)*(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 18, 'claim': 'requests_received', 'rule': 'narrative.requests_received',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '(?:办理|处理|处置)(?:公民、?(?:、|和|或)?法人(?:和|或|或者|及|、)?其[他它]组织|公民|自然人|群众|社会公众|申请人|提出|提交|递交|要求|各类|有效|新|的|到|了|有关|关于|政府信息|政务信息|信息|政务|政府|公开|依申请)*(?:申请|依申请公开)(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '(?:提案|建议|议案)')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 19, 'claim': 'requests_handled', 'rule': 'narrative.requests_received',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '信息公开申请(?:数量|总数|总量|数)?(?:共计?|为)?<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '(?:办结|答复|办理|处理|结转|顺延|转|撤[回销]|驳回|重复|收到|接到|接收|收办|受理|新收|新增)[^，；。]{0,14}信息公开申请')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 20, 'claim': 'requests_handled', 'rule': 'narrative.requests_received',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '(?:办结|答复|回复|办理完毕|办理完成)(?:了)?(?:公民、?(?:、|和|或)?法人(?:和|或|或者|及|、)?其[他它]组织|公民|自然人|群众|社会公众|申请人|提出|提交|递交|要求|各类|有效|新|的|到|了|有关|关于|政府信息|政务信息|信息|政务|政府|公开|依申请)*(?:申请)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '(?:提案|建议|议案|当年|新收)[^，；。]{0,10}(?:办结|答复)')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 21, 'claim': 'requests_closed', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '自然人(?:的|提出|提交|申请|共|为|：)*(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 22, 'claim': 'natural_person', 'rule': 'narrative.requests_received',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '法人(?:和|或|或者|及|、)其[他它]组织(?:的|提出|提交|申请|共|为|：)*(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '公民、?法人')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 23, 'claim': 'organisations', 'rule': 'narrative.requests_received',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '(?:予以|同意|准予)(?:全部)?公开(?:和|及|与|或|、)(?:予以)?部分公开(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 24, 'claim': 'granted_or_partly', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '(?:予以|同意|准予)(?:全部)?公开(?:的)?(?:申请)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '(?:[不未]|部分公开(?:和|及|与|或|、))(?:予以|同意|准予)(?:全部)?公开|[^0-9件份宗起条，：；。、（）](?:和|及|与|或|、)(?:予以)?(?:予以|同意|准予)(?:全部)?公开(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 25, 'claim': 'granted', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '部分公开(?:的)?(?:申请)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '[^0-9件份宗起条，：；。、（）](?:和|及|与|或|、)(?:予以)?部分公开(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>|部分公开(?:和|及|与|或|、)[^0-9，；。]{1,10}<N>')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 26, 'claim': 'partly_granted', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '不予公开(?:的)?(?:申请)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '[^0-9件份宗起条，：；。、（）](?:和|及|与|或|、)(?:予以)?不予公开(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 27, 'claim': 'denied', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '无法提供(?:的)?(?:申请)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '[^0-9件份宗起条，：；。、（）](?:和|及|与|或|、)(?:予以)?无法提供(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 28, 'claim': 'unavailable', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '不予处理(?:的)?(?:申请)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '[^0-9件份宗起条，：；。、（）](?:和|及|与|或|、)(?:予以)?不予处理(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 29, 'claim': 'rejected', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '其[他它]处理(?:方式|情形|情况)?(?:的)?(?:申请)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '[^0-9件份宗起条，：；。、（）](?:和|及|与|或|、)(?:予以)?其[他它]处理(?:方式|情形|情况)?(?:的|了|到|共|计|总|数|量|为|是|有|达|事项|件|表|，共计?)*<N>')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 30, 'claim': 'other_handling', 'rule': 'narrative.outcomes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '(?:行政复议(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:、|和|及|与|或|以及|，)(?:被|被申请)?(?:提起|提出|引发|引起)?(?:的)?行政诉讼|行政诉讼(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:、|和|及|与|或|以及|，)(?:被|被申请)?(?:提起|提出|引发|引起)?(?:的)?行政复议)(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '(?:办理|审理|受理|审结|收到|备案|调解|承办|立案|办结|化解|应诉)[^，；。]{0,24}行政(?:复议|诉讼)[^，；。]{0,20}<N>')
            and regexp_matches(whole_paragraph, '信息公开')
            then {
                'ordinal': 31, 'claim': 'disputes', 'rule': 'narrative.disputes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '行政复议(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '(?:办理|审理|受理|审结|收到|备案|调解|承办|立案|办结|化解|应诉)[^，；。]{0,24}行政复议[^，；。]{0,20}<N>|行政诉讼(?:、|和|及|与|或)(?:被申请)?行政复议[^，；。]{0,10}<N>')
            and regexp_matches(whole_paragraph, '信息公开')
            then {
                'ordinal': 32, 'claim': 'reconsideration', 'rule': 'narrative.disputes',
                'said': ''

            }
    end,
    case
        when
            regexp_matches(lead || '<N>' || tail, '行政诉讼(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*<N>[件份宗起条]')
            and not regexp_matches(lead || '<N>' || tail, '(?:办理|审理|受理|审结|收到|备案|调解|承办|立案|办结|化解|应诉)[^，；。]{0,24}行政诉讼[^，；。]{0,20}<N>|行政复议(?:、|和|及|与|或)(?:被)?(?:提起)?行政诉讼[^，；。]{0,10}<N>')
            and regexp_matches(whole_paragraph, '信息公开')
            then {
                'ordinal': 33, 'claim': 'litigation', 'rule': 'narrative.disputes',
                'said': ''

            }
    end
], lambda found: found is not null)) as pattern
    from numbers
    union all by name
    select
        document_id as report_id,
        paragraph,
        sentence_no,
        0 as number_no,
        page,
        section_no,
        printed,
        said_before,
        whole_paragraph,
        0 as value,
        '' as tail,
        unnest(list_filter([
    case
        when
            regexp_matches(sentence, '(?:未|没有|无)(?:发生|出现|产生|收到|引发)?(?:过|任何)?(?:因|由|涉及|针对|关于|有关)?(?:本机关|本单位|我局|我单位|本局)?(?:的)?(?:政府|政务)?信息公开(?:工作|申请|事项|答复|问题|引起|引发|产生|导致|提起|提出|被申请|申请|被|发生|而|的|有关|相关|方面)*(?:行政复议(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:、|和|及|与|或|以及|，)(?:被|被申请)?(?:提起|提出|引发|引起)?(?:的)?行政诉讼|行政诉讼(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:、|和|及|与|或|以及|，)(?:被|被申请)?(?:提起|提出|引发|引起)?(?:的)?行政复议)(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:[，。；、）)]|$)')
            and not regexp_matches(sentence, '除')
            then {
                'ordinal': 34, 'claim': 'disputes', 'rule': 'narrative.disputes',
                'said': regexp_extract(sentence, '^(.*?)(?:(?:未|没有|无)(?:发生|出现|产生|收到|引发)?(?:过|任何)?(?:因|由|涉及|针对|关于|有关)?(?:本机关|本单位|我局|我单位|本局)?(?:的)?(?:政府|政务)?信息公开(?:工作|申请|事项|答复|问题|引起|引发|产生|导致|提起|提出|被申请|申请|被|发生|而|的|有关|相关|方面)*(?:行政复议(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:、|和|及|与|或|以及|，)(?:被|被申请)?(?:提起|提出|引发|引起)?(?:的)?行政诉讼|行政诉讼(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:、|和|及|与|或|以及|，)(?:被|被申请)?(?:提起|提出|引发|引起)?(?:的)?行政复议)(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:[，。；、）)]|$))', 1)

            }
    end,
    case
        when
            regexp_matches(sentence, '(?:未|没有|无)(?:发生|出现|产生|收到|引发)?(?:过|任何)?(?:因|由|涉及|针对|关于|有关)?(?:本机关|本单位|我局|我单位|本局)?(?:的)?(?:政府|政务)?信息公开(?:工作|申请|事项|答复|问题|引起|引发|产生|导致|提起|提出|被申请|申请|被|发生|而|的|有关|相关|方面)*行政复议(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:[，。；）)]|$)')
            and not regexp_matches(sentence, '除')
            then {
                'ordinal': 35, 'claim': 'reconsideration', 'rule': 'narrative.disputes',
                'said': regexp_extract(sentence, '^(.*?)(?:(?:未|没有|无)(?:发生|出现|产生|收到|引发)?(?:过|任何)?(?:因|由|涉及|针对|关于|有关)?(?:本机关|本单位|我局|我单位|本局)?(?:的)?(?:政府|政务)?信息公开(?:工作|申请|事项|答复|问题|引起|引发|产生|导致|提起|提出|被申请|申请|被|发生|而|的|有关|相关|方面)*行政复议(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:[，。；）)]|$))', 1)

            }
    end,
    case
        when
            regexp_matches(sentence, '(?:未|没有|无)(?:发生|出现|产生|收到|引发)?(?:过|任何)?(?:因|由|涉及|针对|关于|有关)?(?:本机关|本单位|我局|我单位|本局)?(?:的)?(?:政府|政务)?信息公开(?:工作|申请|事项|答复|问题|引起|引发|产生|导致|提起|提出|被申请|申请|被|发生|而|的|有关|相关|方面)*行政诉讼(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:[，。；）)]|$)')
            and not regexp_matches(sentence, '除')
            then {
                'ordinal': 36, 'claim': 'litigation', 'rule': 'narrative.disputes',
                'said': regexp_extract(sentence, '^(.*?)(?:(?:未|没有|无)(?:发生|出现|产生|收到|引发)?(?:过|任何)?(?:因|由|涉及|针对|关于|有关)?(?:本机关|本单位|我局|我单位|本局)?(?:的)?(?:政府|政务)?信息公开(?:工作|申请|事项|答复|问题|引起|引发|产生|导致|提起|提出|被申请|申请|被|发生|而|的|有关|相关|方面)*行政诉讼(?:案件|案|申请|事项|数量|情况|情形|事件|件数|数|的|共|计|为|发生|总)*(?:[，。；）)]|$))', 1)

            }
    end,
    case
        when
            regexp_matches(sentence, '(?:未|没有|没)(?:再)?(?:接收到?|收到|接到|受理|收悉)(?:公民、法人(?:和|或|或者|及|、)?其[他它]组织|任何|群众|社会公众|提出|提交|递交|要求|办理|新|的|到|过|有关|关于|政府信息|政务信息|信息|政务|政府|公开|依申请)*(?:申请|请求|依申请公开)(?:事项|信息|表|件|情况|材料|业务|的)*(?:政府信息|信息)?(?:[，。；、）)]|$)')
            and not regexp_matches(sentence, '除|如|[凡对]未|其[他它]申请')
            and regexp_matches(whole_paragraph, '信息公开|依申请|申请公开')
            then {
                'ordinal': 37, 'claim': 'none_received', 'rule': 'narrative.none_received',
                'said': regexp_extract(sentence, '^(.*?)(?:(?:未|没有|没)(?:再)?(?:接收到?|收到|接到|受理|收悉)(?:公民、法人(?:和|或|或者|及|、)?其[他它]组织|任何|群众|社会公众|提出|提交|递交|要求|办理|新|的|到|过|有关|关于|政府信息|政务信息|信息|政务|政府|公开|依申请)*(?:申请|请求|依申请公开)(?:事项|信息|表|件|情况|材料|业务|的)*(?:政府信息|信息)?(?:[，。；、）)]|$))', 1)

            }
    end,
    case
        when
            regexp_matches(sentence, '无(?:任何)?依申请(?:公开)?(?:办理|受理)?(?:的)?(?:政府信息|信息)?(?:事项|申请|件|情况|业务)(?:[，。；、）)]|$)')
            then {
                'ordinal': 38, 'claim': 'none_received', 'rule': 'narrative.none_received',
                'said': regexp_extract(sentence, '^(.*?)(?:无(?:任何)?依申请(?:公开)?(?:办理|受理)?(?:的)?(?:政府信息|信息)?(?:事项|申请|件|情况|业务)(?:[，。；、）)]|$))', 1)

            }
    end
], lambda found: found is not null)) as pattern
    from sentences

),

-- A figure is one claim, the first of the seed that it matches; section 五 speaks of shortcomings and plans.
claims as (

    select
        * exclude (lead, pattern),
        pattern['claim'] as claim,
        pattern['rule'] as rule,
        coalesce(lead, pattern['said']) as lead
    from found
    where section_no is distinct from 5
    qualify row_number() over (
        partition by report_id, paragraph, sentence_no, number_no, if(number_no = 0, pattern['claim'], '')
        order by pattern['ordinal']
    ) = 1

),

looked_at as (

    select
        claims.*,
        reports.report_year,
        reports.agency,
        reports.scope,
        regexp_replace(
    regexp_replace(
        claims.lead, '(全年|年内|年度?|本年)累计', '\1', 'g'
    ),
    '(?:政府|政务)信息公开|申请渠道|信息公开平台', '信息公开', 'g'
) as gate_lead,
        regexp_replace(
    regexp_replace(
        claims.said_before || claims.lead, '(全年|年内|年度?|本年)累计', '\1', 'g'
    ),
    '(?:政府|政务)信息公开|申请渠道|信息公开平台', '信息公开', 'g'
) as gate_paragraph
    from claims
    inner join reports using (report_id)

),

-- An office named before the figure that is not the report's own; short names (县工信局) are its own.
offices as (

    select
        *,
        list_filter(
            regexp_extract_all(
                regexp_replace(
                    replace(gate_lead, coalesce(agency, '?'), ''),
                    '(?:我|本|全)(?:局|厅|委|街道|中心|镇|乡)|[^府委]办公室|^办公室', '', 'g'
                ),
                '[^，。；、：（）“”《》0-9]{1,16}?(?:局|厅|委员会|办公室|办事处|街道|管委会|中心|大队|支队|公司)'
            ),
            lambda office: not coalesce(
                regexp_matches(agency, array_to_string(string_split(right(office, 4), ''), '.*')), false
            )
        ) as other_offices
    from looked_at

),

gated as (

    select
        *,
        case
    when
        regexp_matches(gate_lead, '去年|前年|往年|历年|上一?年(?:[^结转度]|度[^结转]|度?$)|同期|同比|环比|[比较](?:上|20[0-9]{2})|相比|截[至止](?:[^年]|年(?:[^底末]|$)|年[底末](?:[^，]|$)|年[底末]，(?:[^本]|$)|$)|以来|累计|至今|上半年|下半年|季度|[0-9一二三四五六七八九十]月|近[两三四五0-9]年|预计|计划|力争|目标|明年|今后')
        then 'period'
    when
        regexp_matches(gate_lead, '(?:近|约|超|超过|逾|将近|大约|不少于|不足|不到|至少|最多|数|上|几|共?有?余)$')
        then 'approximate'
    when
        regexp_matches(tail, '^[件份宗起条](?:左右|以上|以内|以下|多|余)')
        then 'approximate'
    when
        regexp_matches(gate_lead, '其中|包括|包含|主要|例如|比如|除')
        then 'partial'
    when
        regexp_matches(tail, '^[件份宗起条](?:[^，；。]{0,4})等|^[^。]{0,60}[件份宗起条]等')
        then 'partial'
    when
        regexp_matches(gate_lead, '网上|网络|线上|在线|网站|邮箱|邮件|信函|邮寄|来信|快递|传真|当面|现场|窗口|电话|口头|书面|纸质|按时|按期|延期|逾期|当场|重复|撤[回销]|补正|平台|系统|复杂|疑难|征[地收]')
        then 'subset'
    when
        regexp_matches(gate_lead, '提案|议案|建议|热线|信箱|留言|咨询|投诉|信访|工单|许可|政务服务|举报|办件|公文|典型案例|败诉|纠错')
        then 'topic'
    when
        scope <> 'whole' and
        regexp_matches(gate_paragraph, '全[省市县区州旗盟镇乡]|各(?:单位|部门|乡|镇|街|区|县|市|地|级|行政机关)|所属|下属|直属|[局部]属|系统内|(?:^|[^大民])代表[^，。]{0,4}(?:政府|[局办]|委(?:[^员]|$))|辖区|基层|[省市县区州旗](?:人民)?政府|市委|区委|县委|本级')
        then 'scope'
    when
        scope <> 'own' and
        regexp_matches(gate_paragraph, '本机关|本级|本单位|我局|本局|我办|本办|办公室|政府办|[省市县区州旗](?:人民)?政府|代表|街道|乡镇')
        then 'scope'
end as gate
    from offices

),

final as (

    select
        report_id,
        paragraph,
        sentence_no,
        number_no,
        page,
        section_no,
        printed,
        lead,
        tail,
        claim,
        rule,
        value as stated_value,
        case
            when
                len(list_filter(
                    regexp_extract_all(lead, '(20[0-9]{2})年', 1),
                    lambda year: cast(year as integer) is distinct from report_year
                )) > 0
                then 'period'
            when gate is not null then gate
            when len(other_offices) > 0 then 'scope'
        end as gate
    from gated

)

select * from final