/* The letters agree with those of assets/demo/generate, which made the names of the sixty and of what they study. */
#include "test.h"

#include <jansson.h>
#include <string.h>

#include "base/file.h"
#include "base/letters.h"
#include "wire/json.h"

static void check(void (*rewrite)(Buf *, Str), const char *from, const char *wanted)
{
    OWNED_BUF got;

    buf_init(&got, 4096);
    rewrite(&got, str_from(from));
    assert_false(got.failed);
    assert_string_equal(buf_text(&got), wanted);
}

static void words_are_written_by_the_rules(void **state)
{
    static const struct {
        const char *latin, *cyrillic;
    } words[] = {
        { "Oʻktam Gʻaniyev", "Ўктам Ғаниев" },
        { "Yoʻldosh Yoqub", "Йўлдош Ёқуб" },
        { "SHOHRUH Choriyeva", "ШОҲРУҲ Чориева" },
        { "Isʼhoq Maʼrufova Eʼzoz", "Исҳоқ Маъруфова Эъзоз" },
        { "Elektron hukumat", "Электрон ҳукумат" },
        { "Temir-beton konstruksiyalar", "Темир-бетон конструкциялар" },
        { "Konstitutsiyaviy huquq", "Конституциявий ҳуқуқ" },
        { "Jinoyat-protsessual huquqi", "Жиноят-процессуал ҳуқуқи" },
        { "Obyektga yoʻnaltirilgan", "Объектга йўналтирилган" },
        { "Yurisprudensiya", "Юриспруденция" },
        { "Gigiyena 2", "Гигиена 2" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(words); i++)
        check(letters_to_cyrillic, words[i].latin, words[i].cyrillic);
    check(letters_to_latin, "Евгений Алексеевич Фёдоров", "Yevgeniy Alekseyevich Fyodorov");
    check(letters_to_latin, "Объездчик Юрий Цой Щукин", "Obyezdchik Yuriy Tsoy Shukin");
    check(letters_to_russian, "Ўктам Ғани Қодир Ҳасан Жўра Йўлдош Маъруф", "Уктам Гани Кодир Хасан Джура Юлдош Маруф");
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    assert_non_null(text);
    return text;
}

/* Whose Latin is the original: those without a Cyrillic patronymic's ending. */
static bool is_uzbek(const char *name)
{
    return strstr(name, " qizi") || strstr(name, " oʻgʻli") || strstr(name, " uli");
}

static void the_sixty_are_spelled_as_they_were(void **state)
{
    Error err = { 0 };
    size_t index, row, seen = 0;
    json_t *student, *result;
    OWNED_BUF bytes;

    (void)state;
    buf_init(&bytes, 8u << 20);
    assert_ok(file_read(SOURCE_DIR "/assets/demo/university.json", &bytes, &err), err);
    OWNED(json_t) university = json_read(buf_str(&bytes), &err);
    assert_non_null(university);
    json_array_foreach(json_object_get(university, "students"), index, student)
    {
        const json_t *names = json_object_get(json_object_get(student, "profile"), "names");

        if (is_uzbek(text_of(names, "uz"))) {
            check(letters_to_cyrillic, text_of(names, "uz"), text_of(names, "uz-Cyrl"));
            check(letters_to_russian, text_of(names, "uz-Cyrl"), text_of(names, "ru"));
            seen++;
        }
        json_array_foreach(json_object_get(student, "results"), row, result)
        {
            const json_t *subject = json_object_get(json_object_get(result, "subject"), "names");
            check(letters_to_cyrillic, text_of(subject, "uz"), text_of(subject, "uz-Cyrl"));
        }
    }
    assert_true(seen > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_written_by_the_rules),
        cmocka_unit_test(the_sixty_are_spelled_as_they_were),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
