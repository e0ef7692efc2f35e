/* What the office tells everybody: kept as it was told, begun and ended by this kiosk's clock, and on the resting
 * screen one after another. */
#include "kiosk/app/flow.h"

#include <string.h>

#include "base/memory.h"

static const char *known_version(const Model *model)
{
    return model->notices ? model->notices->version : "";
}

void notices_ask(const Step *step)
{
    Cmd *cmd = step_machine_cmd(step, CMD_NOTICES);

    str_copy_cut(str_from(known_version(step->model)), cmd->as.known.etag, sizeof cmd->as.known.etag);
}

void notices_heartbeat(const Step *step)
{
    const char *told = step->msg->as.heartbeat.notices;

    if (told[0] && strcmp(known_version(step->model), told) != 0)
        notices_ask(step);
}

void notices_take(const Step *step)
{
    if (!step->msg->as.notices)
        return; /* not newer than ours */
    mem_free(step->model->notices);
    step->model->notices = steal(&step->msg->as.notices);
}

size_t model_notices(const Model *model, const ApiNotice *ret[NOTICES_MOST])
{
    size_t count = 0;

    for (size_t i = 0; model->notices && i < model->notices->count; i++)
        if (notice_is_on(&model->notices->items[i], model->wall_ms / 1000))
            ret[count++] = &model->notices->items[i];
    return count;
}

const ApiNotice *model_notice(const Model *model, size_t *ret_place, size_t *ret_of)
{
    const ApiNotice *on[NOTICES_MOST];
    size_t count = model_notices(model, on);

    *ret_of = count;
    *ret_place = count ? model->greeting % count : 0;
    return count ? on[*ret_place] : NULL;
}

/* Each notice is shown before the greeting turns to the next language, so that all of them come in all languages. */
Language model_greeting(const Model *model)
{
    const ApiNotice *on[NOTICES_MOST];
    size_t count = model_notices(model, on);
    size_t turns = model->greeting / (count ? count : 1);

    return (Language)(((size_t)model->language + turns) % LANGUAGE_COUNT);
}
