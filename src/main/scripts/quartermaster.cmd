@echo off
rem Runs the program that lies beside this script.
java %QUARTERMASTER_OPTS% -jar "%~dp0quartermaster.jar" %*
