<?php
/**
 * Takes away what the plugin has stored, when it is deleted.
 *
 * @package Postil
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'postil' );
