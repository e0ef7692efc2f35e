/* The registrar's commands: one file each, listed in main.c.  argv[0] is the command's own name; what follows is its.
 * Each returns the exit code: 0 done, 1 failed (said on standard error), 2 used wrongly. */
#ifndef REGISTRAR_COMMANDS_H
#define REGISTRAR_COMMANDS_H

#define EXIT_DONE   0
#define EXIT_FAILED 1
#define EXIT_USAGE  2

/* registrar init DIR --host HOST[:PORT] [--id ID], or DIR --demo [--host HOST[:PORT]]; both with [--backup-key FILE] */
int command_init(int argc, char **argv);
/* registrar serve DIR [--kiosks PORT] [--people PORT] */
int command_serve(int argc, char **argv);
/* registrar kiosk add DIR NAME --place TEXT --address URL --out DIR; argv[0] is "kiosk" */
int command_kiosk(int argc, char **argv);
/* registrar backup DIR FILE [--to CERTIFICATE] */
int command_backup(int argc, char **argv);
/* registrar restore FILE DIR --key KEY [--status-list FILE]... [--seen NUMBER]... [--replace] */
int command_restore(int argc, char **argv);
/* registrar document show|revoke|suspend|resume DIR NUMBER [--reason TEXT]; argv[0] is "document" */
int command_document(int argc, char **argv);
/* registrar seal verify ...; argv[0] is "seal" */
int command_seal(int argc, char **argv);

#endif
