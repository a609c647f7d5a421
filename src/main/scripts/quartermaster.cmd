@echo off
rem Runs the program that lies beside this script, with the archive of classes that lies there, too, where it is whole.
setlocal
set ARCHIVE=
set SIZE=
if exist "%~dp0quartermaster.aot.size" (
    set /p SIZE=<"%~dp0quartermaster.aot.size"
    for %%F in ("%~dp0quartermaster.aot") do set FOUND=%%~zF
) else if exist "%~dp0quartermaster.jsa.size" (
    set /p SIZE=<"%~dp0quartermaster.jsa.size"
    for %%F in ("%~dp0quartermaster.jsa") do set FOUND=%%~zF
)
if defined SIZE if "%SIZE%"=="%FOUND%" if exist "%~dp0quartermaster.aot" set ARCHIVE=-XX:+IgnoreUnrecognizedVMOptions "-XX:AOTCache=%~dp0quartermaster.aot" -Xlog:disable
if defined SIZE if "%SIZE%"=="%FOUND%" if not exist "%~dp0quartermaster.aot" set ARCHIVE="-XX:SharedArchiveFile=%~dp0quartermaster.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off
java %ARCHIVE% %QUARTERMASTER_OPTS% -jar "%~dp0quartermaster.jar" %*
