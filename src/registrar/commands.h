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
/* registrar demo DIR --students N [--institutions M] [--passwords K] [--documents D] [--seed S] [--host HOST]
 * [--database ADDRESS] */
int command_demo(int argc, char **argv);
/* registrar migrate DIR --to ADDRESS */
int command_migrate(int argc, char **argv);
/* registrar kiosk add|code|revoke DIR NAME ...; argv[0] is "kiosk" */
int command_kiosk(int argc, char **argv);
/* registrar backup DIR FILE [--to CERTIFICATE] */
int command_backup(int argc, char **argv);
/* registrar restore FILE DIR --key KEY [--status-list FILE]... [--seen NUMBER]... [--replace] */
int command_restore(int argc, char **argv);
/* registrar document show|revoke|suspend|resume DIR NUMBER [--reason TEXT]; argv[0] is "document" */
int command_document(int argc, char **argv);
/* registrar notice add|list|remove DIR ...; argv[0] is "notice" */
int command_notice(int argc, char **argv);
/* registrar theme set|show DIR ...; argv[0] is "theme" */
int command_theme(int argc, char **argv);
/* registrar catalogue check|show|remove ...; argv[0] is "catalogue" */
int command_catalogue(int argc, char **argv);
/* registrar information list|check|put|remove ...; argv[0] is "information" */
int command_information(int argc, char **argv);
/* registrar token add|list|remove DIR ...; argv[0] is "token" */
int command_token(int argc, char **argv);
/* registrar staff add|list|role|reset|lock|unlock|remove DIR ...; argv[0] is "staff" */
int command_staff(int argc, char **argv);
/* registrar campaign add|list|remove DIR ...; argv[0] is "campaign" */
int command_campaign(int argc, char **argv);
/* registrar window add|list|remove DIR ...; argv[0] is "window" */
int command_window(int argc, char **argv);
/* registrar printer add|list|remove|test DIR ...; argv[0] is "printer" */
int command_printer(int argc, char **argv);
/* registrar student find|anomalies|gpa|differences DIR ...; argv[0] is "student" */
int command_student(int argc, char **argv);
/* registrar audit verify|show DIR ...; argv[0] is "audit" */
int command_audit(int argc, char **argv);
/* registrar purge DIR [--dry-run] */
int command_purge(int argc, char **argv);
/* registrar import hemis DIR [--all] [--report FILE]; argv[0] is "import".  Its code 3: done, and something is to be
 * looked at */
int command_import(int argc, char **argv);
int command_import_lists(int argc, char **argv); /* "import lists": command_import hands it over */
/* registrar seal verify ...; argv[0] is "seal" */
int command_seal(int argc, char **argv);

#endif
