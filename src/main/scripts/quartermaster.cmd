@echo off
rem Runs the program that lies beside this script, with the archive of classes that lies there, too.
setlocal
set ARCHIVE=
if exist "%~dp0quartermaster.jsa" set ARCHIVE="-XX:SharedArchiveFile=%~dp0quartermaster.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off
java %ARCHIVE% %QUARTERMASTER_OPTS% -jar "%~dp0quartermaster.jar" %*
