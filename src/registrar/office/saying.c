#include "registrar/office/saying.h"

#include <string.h>

static void say_chosen(const Field *field, const char *value, Language language, Buf *ret)
{
    const size_t before = ret->len;

    for (size_t i = 0; i < field->choice_count; i++) {
        const Choice *choice = &field->choices[i];

        if (field->kind == FIELD_SEVERAL ? !several_has(value, choice->id) : strcmp(value, choice->id) != 0)
            continue;
        if (ret->len > before)
            buf_add_text(ret, ", ");
        buf_add_text(ret, local_text(&choice->label, language));
    }
    if (ret->len == before) /* the form has it no more */
        buf_add_text(ret, value);
}

void answer_say(const Field *field, const char *value, Language language, Buf *ret)
{
    Date day;

    switch (field->kind) {
    case FIELD_CHOICE:
    case FIELD_SEVERAL: say_chosen(field, value, language, ret); break;
    case FIELD_DATE:
        if (date_parse(str_from(value), &day))
            date_write(ret, day, language, DATE_WORDS);
        else
            buf_add_text(ret, value);
        break;
    case FIELD_TEXT:
    case FIELD_NUMBER:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_PASSPORT: buf_add_text(ret, value); break;
    case FIELD_PAPER:
    case FIELD_KIND_COUNT: break;
    }
}
