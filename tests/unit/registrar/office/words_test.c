#include <string.h>

#include "base/file.h"
#include "registrar/office/words.h"
#include "test.h"

/* A list without words is one; those that every paper needs are asked for where they are. */
#define OTHERS                                                                                                         \
    "\"education_form\":{},\"payment_form\":{},\"citizenship\":{},\"country\":{\"UZ\":{\"uz\":\"U\"}},\"paper\":{},"   \
    "\"student_status\":{},\"education_language\":{},\"gender\":{},\"accommodation\":{},\"social_category\":{},"       \
    "\"expel_reason\":{},\"academic_reason\":{},\"training_type\":{},\"exam_type\":{},\"final_exam_type\":{},"         \
    "\"weeks\":{},\"weekday\":{},\"mark\":{},\"contract_type\":{},\"scholarship\":{},\"unit\":{},\"clearance\":{},"    \
    "\"yes_no\":{},\"promotion\":{}"

static void every_language_has_every_word(void **state)
{
    static const struct {
        WordList list;
        const char *code, *uz, *ru;
    } cases[] = {
        { WORDS_TYPE, "11", "Bakalavriat", "Бакалавриат" },
        { WORDS_FORM, "13", "sirtqi", "заочная форма" },
        { WORDS_PAYMENT, "11", "Davlat granti", "Государственный грант" },
        { WORDS_CITIZENSHIP, "13", "Fuqaroligi boʻlmagan shaxs", "Лицо без гражданства" },
        { WORDS_COUNTRY, "KG", "Qirgʻiziston", "Кыргызстан" },
        { WORDS_STATUS, "14", "oʻqishni bitirgan", "окончил(а) обучение" },
        { WORDS_EXPELLED, "16", "toʻlov-shartnoma toʻlanmagani uchun", "за неоплату контракта" },
        { WORDS_TRAINING, "11", "maʼruza", "лекция" },
        { WORDS_WEEKDAY, "6", "Shanba", "Суббота" },
        { WORDS_UNIT, "trade-union", "Kasaba uyushmasi", "Профсоюз" },
        { WORDS_YES_NO, "no", "yoʻq", "нет" },
        { WORDS_PAPER, "quoted", "“{0}”", "«{0}»" },
        { WORDS_PAPER, "preview", "Koʻrib chiqish uchun", "Для просмотра" },
    };
    Error err = { 0 };
    OWNED_BUF json;

    buf_init(&json, 1u << 20);
    assert_ok(file_read(SOURCE_DIR "/assets/documents/words/words.json", &json, &err), err);
    OWNED(Words) words = words_read(buf_str(&json), &err);

    (void)state;
    if (!words)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const LocalText *text = words_find(words, cases[i].list, cases[i].code);
        assert_non_null(text);
        assert_string_equal(local_text(text, LANGUAGE_UZ), cases[i].uz);
        assert_string_equal(local_text(text, LANGUAGE_RU), cases[i].ru);
        for (Language language = 0; language < LANGUAGE_COUNT; language++)
            assert_true(!language_is_whole(language) || text->in[language]);
    }
    assert_null(words_find(words, WORDS_TYPE, "99"));
    assert_null(words_find(words, WORDS_TYPE, NULL));
    assert_null(words_find(words, WORDS_PAYMENT, "KG")); /* another list's */
}

static void what_is_not_whole_is_refused(void **state)
{
    static const char *const cases[] = {
        "",
        "[]",
        "{}",
        "{\"education_type\":[]," OTHERS "}",
        "{\"education_type\":{}," OTHERS ",\"more\":{}}",
        "{\"education_type\":{\"11\":{\"ru\":\"R\"}}," OTHERS "}", /* without the house's own */
        "{\"education_type\":{\"11\":{\"uz\":\"\"}}," OTHERS "}",
        "{\"education_type\":{\"11\":{\"uz\":\"B\",\"xx\":\"B\"}}," OTHERS "}",
        "{\"education_type\":{\"11\":{\"uz\":1}}," OTHERS "}",
        "{\"education_type\":{\"11\":\"B\"}," OTHERS "}",
    };
    Error err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_refused(words_read(str_from(cases[i]), &err), ERR_FORMAT, err);
    Words *words = words_read(STR("{\"education_type\":{\"11\":{\"uz\":\"B\"}}," OTHERS "}"), &err);
    assert_non_null(words);
    assert_string_equal(local_text(words_find(words, WORDS_TYPE, "11"), LANGUAGE_EN), "B"); /* the fallback */
    words_free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_language_has_every_word),
        cmocka_unit_test(what_is_not_whole_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
