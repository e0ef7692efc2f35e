#include "registrar/office/words.h"

#include <string.h>

#include "base/memory.h"
#include "wire/json.h"

#define WORDS_MOST 1000

static const char *const list_names[] = {
    [WORDS_TYPE] = "education_type",
    [WORDS_FORM] = "education_form",
    [WORDS_PAYMENT] = "payment_form",
    [WORDS_CITIZENSHIP] = "citizenship",
    [WORDS_COUNTRY] = "country",
    [WORDS_STATUS] = "student_status",
    [WORDS_LANGUAGE] = "education_language",
    [WORDS_GENDER] = "gender",
    [WORDS_ACCOMMODATION] = "accommodation",
    [WORDS_SOCIAL] = "social_category",
    [WORDS_EXPELLED] = "expel_reason",
    [WORDS_LEAVE] = "academic_reason",
    [WORDS_TRAINING] = "training_type",
    [WORDS_EXAM] = "exam_type",
    [WORDS_ATTEMPT] = "final_exam_type",
    [WORDS_WEEKS] = "weeks",
    [WORDS_WEEKDAY] = "weekday",
    [WORDS_MARK] = "mark",
    [WORDS_CONTRACT] = "contract_type",
    [WORDS_SCHOLARSHIP] = "scholarship",
    [WORDS_UNIT] = "unit",
    [WORDS_CLEARANCE] = "clearance",
    [WORDS_YES_NO] = "yes_no",
    [WORDS_PROMOTION] = "promotion",
    [WORDS_PAPER] = "paper",
};
static_assert(COUNT(list_names) == WORDS_LIST_COUNT, "one name per WordList");

typedef struct Word {
    WordList list;
    const char *code;
    LocalText text;
} Word;

struct Words {
    json_t *json; /* owns every text below */
    size_t count;
    Word words[WORDS_MOST];
};

static bool read_word(const char *list, const char *code, const json_t *json, LocalText *ret, Error *err)
{
    const char *tag;
    json_t *text;

    json_object_foreach((json_t *)(uintptr_t)json, tag, text)
    {
        Language language;

        if (!language_parse(str_from(tag), &language) || !json_is_string(text))
            return error_set(err, ERR_FORMAT, "%s.%.40s.%.20s: no such language, or no text", list, code, tag);
        ret->in[language] = json_string_value(text);
    }
    return (ret->in[LANGUAGE_FIRST] && ret->in[LANGUAGE_FIRST][0]) ||
           error_set(err, ERR_FORMAT, "%s.%.40s.%s is missing", list, code, language_tag(LANGUAGE_FIRST));
}

static bool read_list(Words *words, WordList list, Error *err)
{
    const json_t *json = json_object_get(words->json, list_names[list]);
    const char *code;
    json_t *word;

    if (!json_is_object(json))
        return error_set(err, ERR_FORMAT, "%s is missing", list_names[list]);
    json_object_foreach((json_t *)(uintptr_t)json, code, word)
    {
        if (words->count == WORDS_MOST)
            return error_set(err, ERR_RANGE, "more than %d words", WORDS_MOST);
        words->words[words->count] = (Word){ .list = list, .code = code };
        if (!read_word(list_names[list], code, word, &words->words[words->count].text, err))
            return false;
        words->count++;
    }
    return true;
}

static bool read_all(Words *words, Str text, Error *err)
{
    words->json = json_read(text, err);
    if (!words->json)
        return false;
    for (WordList list = 0; list < WORDS_LIST_COUNT; list++)
        if (!read_list(words, list, err))
            return false;
    return json_object_size(words->json) == WORDS_LIST_COUNT ||
           error_set(err, ERR_FORMAT, "a list that nobody asks for");
}

Words *words_read(Str json, Error *err)
{
    OWNED(Words) words = mem_new(1, sizeof(*words));

    if (!words) {
        error_set(err, ERR_MEMORY, "words");
        return NULL;
    }
    return read_all(words, json, err) ? steal(&words) : NULL;
}

void words_free(Words *words)
{
    if (!words)
        return;
    json_decref(words->json);
    mem_free(words);
}

const LocalText *words_find(const Words *words, WordList list, const char *code)
{
    for (size_t i = 0; code && i < words->count; i++)
        if (words->words[i].list == list && !strcmp(words->words[i].code, code))
            return &words->words[i].text;
    return NULL;
}
