@echo off
rem Runs the program that lies beside this script, with the archive of classes that lies there, too, where it is whole.
setlocal DisableDelayedExpansion
set "ARCHIVE="
set "SIZE="
set "FOUND="
if exist "%~dp0quartermaster.aot.size" (
    set /p SIZE=<"%~dp0quartermaster.aot.size"
    for %%F in ("%~dp0quartermaster.aot") do set "FOUND=%%~zF"
) else if exist "%~dp0quartermaster.jsa.size" (
    set /p SIZE=<"%~dp0quartermaster.jsa.size"
    for %%F in ("%~dp0quartermaster.jsa") do set "FOUND=%%~zF"
)
if defined SIZE if "%SIZE%"=="%FOUND%" if exist "%~dp0quartermaster.aot" set ARCHIVE=-XX:+IgnoreUnrecognizedVMOptions "-XX:AOTCache=%~dp0quartermaster.aot" -Xlog:disable
if defined SIZE if "%SIZE%"=="%FOUND%" if not exist "%~dp0quartermaster.aot" set ARCHIVE="-XX:SharedArchiveFile=%~dp0quartermaster.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off
rem What ends soon is not worth the better compiler. An option may stand before the command: then nothing is said of it.
set "QUICK=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
set "FIRST=%~1"
if not defined FIRST goto run
if "%FIRST:~0,1%"=="-" set "QUICK="
for %%C in (calibrate accuracy serve) do if "%FIRST%"=="%%C" set "QUICK="
:run
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" %QUICK% %ARCHIVE% %QUARTERMASTER_OPTS% -jar "%~dp0quartermaster.jar" %*
exit /b %ERRORLEVEL%
