#include "kiosk/app/msg.h"

#include "base/memory.h"
#include "kiosk/app/cmd.h"

void msg_fini(Msg *msg)
{
    if (!msg)
        return;
    /* Only what a message owns: the rest is values. */
    if (msg->kind == MSG_CATALOGUE)
        catalogue_drop(msg->as.catalogue);
    else if (msg->kind == MSG_HOME)
        mem_free_wiped(msg->as.home, sizeof *msg->as.home);
    else if (msg->kind == MSG_INFORMATION)
        information_drop(msg->as.information);
    else if (msg->kind == MSG_NOTICES)
        mem_free(msg->as.notices);
    else if (msg->kind == MSG_THEME)
        api_theme_fini(&msg->as.theme);
    else if (msg->kind == MSG_DRAFT)
        mem_free_wiped(msg->as.draft, sizeof *msg->as.draft);
    else if (msg->kind == MSG_STUDY)
        mem_free_wiped(msg->as.study, sizeof *msg->as.study);
    else if (msg->kind == MSG_LOOKS)
        mem_free_wiped(msg->as.looks, sizeof *msg->as.looks);
    else if (msg->kind == MSG_REQUEST)
        mem_free_wiped(msg->as.details, sizeof *msg->as.details);
    else if (msg->kind == MSG_PAPER_PICTURE)
        blob_drop(msg->as.picture.png);
    else if (msg->kind == MSG_PREVIEW)
        blob_drop(msg->as.preview.png);
    else if (msg->kind == MSG_PAGE)
        blob_drop(msg->as.page.pdf);
    else if (msg->kind == MSG_HALL)
        mem_free(msg->as.hall);
    else if (msg->kind == MSG_SLIP)
        blob_drop(msg->as.slip.pdf);
    mem_wipe(msg, sizeof *msg);
}

void cmd_fini(Cmd *cmd)
{
    if (!cmd)
        return;
    if (cmd->kind == CMD_PRINT)
        blob_drop(cmd->as.print.pdf);
    mem_wipe(cmd, sizeof *cmd);
}
