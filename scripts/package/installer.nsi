; The installer of Windows where electron-builder's own cannot be made (it needs plugins and a 32-bit program): per user,
; without administrator's rights, Japanese and English; what it takes away at the end is asked. -DSOURCE -DICON -DOUT.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
!include MUI2.nsh
!define NAME "Neiro"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Neiro"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Neiro"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Neiro.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_LANGUAGE "English"
!define KIND "Software\Classes\Neiro.Project"
LangString Project ${LANG_JAPANESE} "Neiro プロジェクト"
LangString Project ${LANG_ENGLISH} "Neiro project"
LangString Open ${LANG_JAPANESE} "Neiro で開く"
LangString Open ${LANG_ENGLISH} "Open with Neiro"
LangString AskData ${LANG_JAPANESE} "プロジェクト・モデル・設定も削除しますか？"
LangString AskData ${LANG_ENGLISH} "Delete your projects, models and settings, too?"

Section
  ; the files of the version before: what a new one no longer has must not stay
  RMDir /r "$INSTDIR\resources"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  CreateShortCut "$SMPROGRAMS\Neiro.lnk" "$INSTDIR\Neiro.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "Neiro (音色)"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\Neiro.exe"
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ; a project is opened by a double click
  WriteRegStr HKCU "Software\Classes\.neiro" "" "Neiro.Project"
  WriteRegStr HKCU "${KIND}" "" "$(Project)"
  WriteRegStr HKCU "${KIND}\DefaultIcon" "" "$INSTDIR\Neiro.exe,0"
  WriteRegStr HKCU "${KIND}\shell\open" "" "$(Open)"
  WriteRegStr HKCU "${KIND}\shell\open\command" "" '"$INSTDIR\Neiro.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section Uninstall
  Delete "$SMPROGRAMS\Neiro.lnk"
  ; only what lies in a folder of ours: never another's where a strange place was chosen
  IfFileExists "$INSTDIR\resources\app.asar" 0 +2
  RMDir /r "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${KIND}"
  ReadRegStr $0 HKCU "Software\Classes\.neiro" ""
  ; another program may have taken the files since
  StrCmp $0 "Neiro.Project" 0 +2
  DeleteRegKey HKCU "Software\Classes\.neiro"
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(AskData)" /SD IDNO IDNO done
  RMDir /r "$APPDATA\Neiro"
  done:
SectionEnd
