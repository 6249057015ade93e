; Installer for Windows, made with: makensis -DSTAGE=folder installers\windows\timbre.nsi
; STAGE holds what `cmake --install` and windeployqt left: timbre.exe, timbre-cli.exe and their libraries.
Unicode true
!include MUI2.nsh
!ifndef STAGE
  !error "name the folder to pack: -DSTAGE=folder"
!endif

Name "Timbre"
OutFile "timbre-setup.exe"
InstallDir "$PROGRAMFILES64\Timbre"
InstallDirRegKey HKLM "Software\Timbre" "InstallDir"
RequestExecutionLevel admin

!insertmacro MUI_PAGE_LICENSE "..\..\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Section "Timbre"
  SetOutPath "$INSTDIR"
  File /r "${STAGE}\*"
  WriteRegStr HKLM "Software\Timbre" "InstallDir" "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Timbre.lnk" "$INSTDIR\timbre.exe"
  WriteRegStr HKLM "Software\Microsoft\Windows\CurrentVersion\Uninstall\Timbre" "DisplayName" "Timbre"
  WriteRegStr HKLM "Software\Microsoft\Windows\CurrentVersion\Uninstall\Timbre" "UninstallString" "$INSTDIR\uninstall.exe"
  ; Npcap's licence does not allow it to be packed here; saved captures need no driver.
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\Npcap" ""
  StrCmp $0 "" 0 +2
    MessageBox MB_OK "Saved captures open at once. To capture live, install Npcap from https://npcap.com and start Timbre again."
SectionEnd

Section "Uninstall"
  RMDir /r "$INSTDIR"
  Delete "$SMPROGRAMS\Timbre.lnk"
  DeleteRegKey HKLM "Software\Microsoft\Windows\CurrentVersion\Uninstall\Timbre"
  DeleteRegKey HKLM "Software\Timbre"
SectionEnd
