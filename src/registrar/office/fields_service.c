/* Whether a service has what a template of its paper shows of its questions: told when both are put on one shelf. */
#include <string.h>

#include "registrar/office/fields_inside.h"

static bool refuse(const TemplateUse *use, const Service *service, const char *why, Error *err)
{
    return error_set(err, ERR_FORMAT, "languages.%s.blocks[%d]: {%s}: service %.48s %s", language_tag(use->language),
                     use->block, use->name, service->id, why);
}

/* A question that is not always answered leaves no hole in a paper: its block stands there only with its answer. */
static bool question_suits(const TemplateUse *use, const Service *service, const Field *fields, size_t count,
                           Error *err)
{
    const char *id = strchr(use->name, '.') + 1;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].id, id) != 0)
            continue;
        if (use->guarded || (fields[i].required && fields[i].when.kind == CONDITION_ALWAYS))
            return true;
        return refuse(use, service, "may leave it unanswered, and there is no when_present", err);
    }
    return refuse(use, service, "asks no such question", err);
}

static bool has_sentence(const Service *service)
{
    for (size_t i = 0; i < service->field_count; i++)
        for (size_t j = 0; j < service->fields[i].choice_count; j++)
            if (local_text(&service->fields[i].choices[j].paper, LANGUAGE_FIRST)[0])
                return true;
    return false;
}

static bool use_suits(const TemplateUse *use, const Service *service, int valid_days, Error *err)
{
    if (!strncmp(use->name, FIELD_OF_ANSWER, strlen(FIELD_OF_ANSWER)))
        return question_suits(use, service, service->fields, service->field_count, err);
    if (!strncmp(use->name, FIELD_OF_STAFF, strlen(FIELD_OF_STAFF)))
        return question_suits(use, service, service->asks, service->ask_count, err);
    if (!strncmp(use->name, "chosen.", strlen("chosen.")) && !fields_chosen_from(service))
        return refuse(use, service, "lets nothing be chosen from a list", err);
    if (use->guarded)
        return true;
    if (!strcmp(use->name, "receiver") && !has_sentence(service))
        return refuse(use, service, "has no answer with words for the paper", err);
    if (!strcmp(use->name, "blank.number") && !service->blank)
        return refuse(use, service, "is printed on no blank", err);
    if (!strcmp(use->name, "issued.valid_until") && valid_days == 0)
        return refuse(use, service, "sets no end, and there is no when_present", err);
    return true;
}

bool fields_suit(const Template *template, const Service *service, int valid_days, Error *err)
{
    for (size_t i = 0; i < template_use_count(template); i++) {
        const TemplateUse use = template_use_at(template, i);

        if (!use_suits(&use, service, valid_days, err))
            return false;
    }
    return true;
}
