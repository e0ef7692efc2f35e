/* How the university wants this glass to look: kept as it was told, and changed while nobody stands there. */
#include "kiosk/app/flow.h"

#include <string.h>

void theme_change(Model *model)
{
    if (!model->theme_next.version[0])
        return;
    api_theme_fini(&model->theme);
    model->theme = model->theme_next;
    model->theme_next = (ApiTheme){ 0 };
}

static const char *known_version(const Model *model)
{
    return model->theme_next.version[0] ? model->theme_next.version : model->theme.version;
}

void theme_ask(const Step *step)
{
    Cmd *cmd = step_machine_cmd(step, CMD_THEME);

    str_copy_cut(str_from(known_version(step->model)), cmd->as.known.etag, sizeof cmd->as.known.etag);
}

void theme_heartbeat(const Step *step)
{
    const char *told = step->msg->as.heartbeat.theme;

    if (told[0] && strcmp(known_version(step->model), told) != 0)
        theme_ask(step);
}

void theme_take(const Step *step)
{
    Model *model = step->model;

    api_theme_fini(&model->theme_next);
    model->theme_next = step->msg->as.theme;
    step->msg->as.theme = (ApiTheme){ 0 };
    if (!step->visit->active)
        theme_change(model);
}

uint32_t model_brand(const Model *model)
{
    return model->theme.brand;
}

Blob *model_logo(const Model *model)
{
    return model->theme.logo;
}
