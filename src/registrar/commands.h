/* The registrar's command line: one function a command, each with its own arguments (argv[0] is the command's name).
 * Exit codes: 0 done, 1 failed or "no", 2 wrong usage. */
#ifndef REGISTRAR_COMMANDS_H
#define REGISTRAR_COMMANDS_H

#include "base/settings.h"

int command_init(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_kiosk(int argc, char **argv);
int command_seal(int argc, char **argv);

/* The table of registrar.ini's keys. */
extern const SettingSpec registrar_settings[];
extern const size_t registrar_setting_count;

/* registrar.ini of a data folder. */
Settings *registrar_settings_load(const char *folder, Error *err) MUST_USE;

#endif
